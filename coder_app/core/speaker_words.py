"""Words that help to tell speakers from sentences, in the languages interviews often come in.

All in lower case; a low line stands for a space. Adding a word here is all it takes to know it.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in listed.split())


INTERVIEWERS = _words(
    "interviewer int i iv ir ivr moderator mod facilitator fac researcher q question host interviewerin"
    " fragesteller fragestellerin forscher forscherin moderatorin frage intervieweur intervieweuse"
    " enquêteur enquêtrice animateur animatrice modérateur modératrice chercheur chercheuse"
    " entrevistador entrevistadora moderador moderadora investigador investigadora pregunta pesquisador"
    " pesquisadora intervistatore intervistatrice intervjuare ankieter badacz görüşmeci"
    " araştırmacı moderatör интервьюер модератор исследователь вопрос 면접자 연구자 질문자 인터뷰어"
    " 진행자 사회자 질문 문 מראיין מראיינת המראיין המראיינת מנחה חוקר חוקרת שאלה ש المحاور المحاورة"
    " الباحث الباحثة الميسر س 访谈者 訪談者 采访者 採訪者 主持人 研究者 问 問 インタビュアー 聞き手"
    " 質問者 調査者 面接者 司会 問い"
)
PARTICIPANTS = _words(
    "participant interviewee respondent informant subject patient client speaker p pt r a answer res"
    " resp teilnehmer teilnehmerin befragter befragte interviewpartner interviewpartnerin b ip antwort"
    " sprecher participante entrevistado entrevistada respuesta enquêté enquêtée répondant répondante"
    " intervistato intervistata geïnterviewde katılımcı респондент участник участница ответ 참여자"
    " 참가자 응답자 피면접자 연구참여자 답변 답 화자 מרואיין מרואיינת המרואיין המרואיינת משתתף משתתפת"
    " תשובה ת דובר דוברת المشارك المشاركة المستجيب ج 受访者 受訪者 参与者 參與者 答 回答者 参加者 対象者"
    " 話者 语者 발화자"
)
OTHERS = _words(
    "all everyone everybody group several multiple many unknown unidentified crosstalk audience"
    " unknown_speaker unidentified_speaker multiple_speakers several_voices alle tous todos"
)
HEADINGS = _words(
    "date time place location venue duration length title project study file filename file_name audio"
    " audio_file recording recorded recorded_on recorded_by transcribed transcribed_by transcriber"
    " transcript transcription interview interview_id interview_no interview_number interview_date"
    " date_of_interview interview_title participants participant_id participant_no present attendees"
    " topic language setting version age gender sex occupation pseudonym informed_consent consent"
    " start_time end_time dialect datum ort dauer uhrzeit thema titel alter geschlecht fecha lugar"
    " duración título edad sexo date_et_lieu lieu durée titre âge sexe data luogo durata 일시 날짜 장소"
    " 시간 제목 참석자 성별 나이 תאריך מקום משך כותרת נושא גיל 日期 地点 时间 日時 場所 時間"
)
"""Words before a colon in the heading of a transcript."""

NO_SPEAKERS = HEADINGS | _words(
    "note notes nb n.b. remark example examples summary warning important ps p.s. re fyi tip hint"
    " background context method methods results conclusion e.g. i.e. http https ftp mailto www break"
    " pause music laughter source sources see url link tel phone email e-mail fax chapter section part"
    " figure table appendix answer_key hinweis anmerkung beispiel zusammenfassung nota notas ejemplo"
    " resumen remarque exemple résumé 참고 주의 비고 예 הערה הערות דוגמה 注 注意 例"
)
SAID = _words(
    "said says say saying asked asks ask told tell thought think thinks like was were is are be been"
    " that because goes went go answered replied wrote read follows following things thing reasons way"
    " question_was mean means sagte fragte dachte meinte sagen dit demandé dijo digo אמר אמרה אמרתי שאל"
    " שאלה_אותי"
)
OPENERS = _words(
    "and but so because like then if when what how why well yes no ok okay oh um uh yeah this that"
    " these those there here it he she we they you my your his her our their for in on at to of from"
    " with as or also just und aber weil wenn also ja nein mais parce alors oui non pero porque entonces"
    " sí"
)
PARTICLES = _words(
    "de del della der den di da do dos das du van von zu bin ibn al el la le of the and und et y e & + -"
)
TITLES = _words(
    "dr prof professor mr mrs ms mx miss sir rev hon sen rep gen col capt sgt herr frau m mme mlle"
    " señor señora sr sra don doña mk"
)

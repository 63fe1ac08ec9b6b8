"""The project file and every action on it: the only place that speaks SQL. No Qt."""

"""The heartbeat's SQL: one read and one conditional write, whatever there is.

PostgreSQL writes person and progress in one statement, whose second part finds nothing when the
first found another version. SQLite needs two, which BEGIN IMMEDIATE holds together.
"""

READ = """
SELECT person.session_epoch, credit.version, credit.credited_until, page.live,
       recording.content_hash, enrolment.started_at, enrolment.completed_at,
       progress.id, progress.media_key, progress.covered, progress.position, progress.position_at,
       progress.last_report_at, progress.offline_seconds, progress.overclaimed_seconds,
       progress.completed_at
FROM study_enrolment enrolment
JOIN accounts_user person ON person.id = enrolment.user_id AND person.is_active
JOIN study_timecredit credit ON credit.user_id = person.id
JOIN courses_lessonpage lesson ON lesson.resourcepage_ptr_id = %s
JOIN wagtailcore_page page ON page.id = lesson.resourcepage_ptr_id
LEFT JOIN media_recording recording ON recording.id = lesson.recording_id
LEFT JOIN study_progress progress
       ON progress.enrolment_id = enrolment.id AND progress.lesson_id = %s
WHERE enrolment.id = %s AND enrolment.user_id = %s
"""

SPEND = """
UPDATE study_timecredit SET credited_until = %s, version = version + 1
WHERE user_id = %s AND version = %s
"""

CHANGE = """
UPDATE study_progress
SET media_key = %s, covered = %s, covered_seconds = %s, position = %s, position_at = %s,
    last_report_at = %s, offline_seconds = %s, overclaimed_seconds = %s
WHERE id = %s
"""

ADD = """
INSERT INTO study_progress (media_key, covered, covered_seconds, position, position_at,
    last_report_at, offline_seconds, overclaimed_seconds,
    first_report_at, enrolment_id, lesson_id, completed_offline)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""

SPEND_AND_CHANGE = """
WITH spent AS (
    UPDATE study_timecredit SET credited_until = %s, version = version + 1
    WHERE user_id = %s AND version = %s RETURNING 1
)
UPDATE study_progress
SET media_key = %s, covered = %s, covered_seconds = %s, position = %s, position_at = %s,
    last_report_at = %s, offline_seconds = %s, overclaimed_seconds = %s
WHERE id = %s AND EXISTS (SELECT 1 FROM spent)
"""

SPEND_AND_ADD = """
WITH spent AS (
    UPDATE study_timecredit SET credited_until = %s, version = version + 1
    WHERE user_id = %s AND version = %s RETURNING 1
)
INSERT INTO study_progress (media_key, covered, covered_seconds, position, position_at,
    last_report_at, offline_seconds, overclaimed_seconds,
    first_report_at, enrolment_id, lesson_id, completed_offline)
SELECT %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM spent
"""

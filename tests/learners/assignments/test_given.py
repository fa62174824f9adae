from cms import guard


def test_assigned_course_and_what_it_is_in_cannot_be_deleted(assignment, course, home):
    assert guard.learner_rows(course.page_ptr) == 1
    assert guard.learner_rows(home.page_ptr) == 1
    assert guard.learner_rows(course.lessons().first().page_ptr) == 0

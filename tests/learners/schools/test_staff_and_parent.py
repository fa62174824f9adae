"""A person who teaches one class and has a child in another: two sides, and no more of either."""

from learners.schools.models import SchoolClass
from tests.learners.schools.conftest import make_child, make_guardian


def test_teacher_who_is_a_parent_sees_their_own_child_and_not_its_class(
    client, home, teacher, third, other_class, xiaoman
):
    own = make_child(other_class, "王小树")
    make_child(other_class, "别人家的孩子")
    make_guardian(teacher, own)
    client.force_login(teacher)
    children = client.get("/learn/children/").content.decode()
    assert ("王小树" in children, "陈小满" in children) == (True, False)
    taught = client.get(f"/school/classes/{third.public_id}/").content.decode()
    assert ("陈小满" in taught, "王小树" in taught) == (True, False)
    assert client.get(f"/school/classes/{other_class.public_id}/").status_code == 404
    assert client.get(f"/school/children/{own.public_id}/").status_code == 404
    assert list(SchoolClass.objects.taught_by(teacher)) == [third]

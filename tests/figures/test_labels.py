"""Labels of points: inside, on no other label and no point, near what they name."""

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from emphasis.figures.labels import box_about, nearest, needs_line, place_labels

ROOM = (0.0, 0.0, 8.0, 8.0)
POINTS = st.lists(st.tuples(st.floats(0, 8), st.floats(0, 8)), min_size=1, max_size=40)


@given(POINTS)
def test_labels_do_not_overlap_and_stay_inside(points):
    sizes = [(0.6 + 0.1 * (i % 5), 0.25) for i in range(len(points))]
    places = place_labels(points, sizes, ROOM, points)
    boxes = [box_about(place, size) for place, size in zip(places, sizes, strict=True) if place]
    for one, other in itertools.combinations(boxes, 2):
        apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
        assert apart
    for box in boxes:
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= 8 and box[3] <= 8
        assert not any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)
    for point, place, size in zip(points, places, sizes, strict=True):
        assert place is None or math.dist(point, nearest(point, box_about(place, size))) < 1.2


def test_a_point_alone_has_its_label_beside_it():
    (place,) = place_labels([(4.0, 4.0)], [(1.0, 0.25)], ROOM, [(4.0, 4.0)])
    assert place[0] > 4.5 and place[1] == 4.0
    assert not needs_line((4.0, 4.0), box_about(place, (1.0, 0.25)))


def test_where_there_is_no_room_there_is_no_label():
    dots = [(x / 10, y / 10) for x in range(81) for y in range(81)]
    assert place_labels([(4.0, 4.0)], [(1.0, 0.25)], ROOM, dots) == [None]

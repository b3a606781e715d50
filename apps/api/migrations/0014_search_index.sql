-- New entries go into the index at once, not onto a list that each search would have to read as well (and that makes the
-- planner prefer reading the whole table after an import, until the next vacuum).
alter index people_search set (fastupdate = off);

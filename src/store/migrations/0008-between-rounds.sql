-- What holds between two rounds.

alter table rounds
  -- How well two of a pair of it suit each other: the middle one of all its pairs, in points. Null for rounds of before.
  add column usual_score     integer;

alter table members
  -- The number of the round in which they asked for no match, or for no other one: they sat it out, or said "not now".
  add column rests_in_round  integer;

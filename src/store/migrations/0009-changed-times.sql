-- A time that was agreed stands while people are asked about another in its place.

alter table matches
  -- The time that all said yes to. What is suggested since is to take its place, and stands beside it until it does.
  add column agreed_at       timestamptz;

update matches
   set agreed_at = suggested_at, suggested_at = null, suggested_by = null
 where is_agreed and suggested_at is not null;

update match_members
   set says_yes = false
  from matches
 where matches.id = match_members.match_id and matches.is_agreed;

alter table matches drop column is_agreed;

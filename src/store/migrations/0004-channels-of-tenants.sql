-- Channels that are known by more than an id, people who were greeted before they joined, and messages nobody knows of.

-- What a channel's or a stranger's adapter needs to write there, beside the id; {} where the id is enough.
alter table rooms
  add column address jsonb not null default '{}',
  drop constraint rooms_purpose_check,
  add constraint rooms_purpose_check check (purpose in ('announcements', 'introduction', 'farewell', 'greeting'));
create unique index on rooms (platform, space, room) where purpose = 'greeting';

-- Given up because it was cut off while it was sent, and its platform cannot say whether it took it.
alter table deliveries add column in_doubt boolean not null default false;
create index on deliveries (stream) where in_doubt;
-- Until now its reason alone told of it.
update deliveries set in_doubt = true where status = 'failed' and reason like 'cut off while sending %';

-- Cards that members were sent and that show what is no longer so: those of people who left, and those whose host was
-- erased, were never brought up to date before.
alter table deliveries add column late text check (late in ('closed', 'turned-away'));
create index on deliveries (member_id) where late is not null;
update deliveries set late = 'closed'
  from members, accounts
 where members.id = deliveries.member_id
   and accounts.id = deliveries.account_id
   and accounts.platform in ('slack', 'teams')
   and deliveries.kind = 'conversations.announcement'
   and deliveries.status = 'sent'
   and (members.status = 'left'
        or deliveries.subject in (select id::text from conversations where host_id is null));

-- What only changed something is forgotten a day after it was settled.
create index on deliveries (settled_at) where status in ('sent', 'dropped');

-- Of a session inside a chat platform's own client: the account that was signed in there. It lasts no longer than that.
alter table web_sessions add column account_id uuid references accounts on delete cascade;

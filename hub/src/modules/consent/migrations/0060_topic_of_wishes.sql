-- A topic of its own for what somebody asked to be told of: a yes to it is none to offers. Locks the table for the check, milliseconds.
alter table consent.event drop constraint event_topic_check;
alter table consent.event add constraint event_topic_check check (topic in ('offers', 'news', 'reminders', 'wishes', 'surveys'));

-- Keys of messages are kept as long as the touchpoints they stand for. Rows come in the order of time, so a few pages per index entry say
-- enough, and a batch of touchpoints pays next to nothing for it. Locks: the table while the index is made, one pass over it.
create index message_key_age on touchpoints.message_key using brin (occurred_at) with (autosummarize = on);

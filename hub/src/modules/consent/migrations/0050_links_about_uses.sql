-- A link of a message may be about a use of data, such as the joining of files, which has no topic [CNS-9]. Locks: the links while a
-- column's catalog row changes.
alter table consent.link alter column topic drop not null;

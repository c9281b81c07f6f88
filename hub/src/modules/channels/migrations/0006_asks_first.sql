-- Whether visitors are asked before the browser client sends or stores anything [CHA-10]. True unless somebody decides otherwise: where it
-- need not be asked, the retailer says so. Locks: the table of channels, for the moment that a column takes.
alter table channels.channel add column asks_first boolean not null default true;

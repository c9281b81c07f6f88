-- What companies are called, for lists of higher modules that name one. Locks: none, only a view is made.
create view companies.read_name as select id, name from companies.company;

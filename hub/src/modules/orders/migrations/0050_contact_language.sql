-- In which language somebody ordered who is not known otherwise: what is written to them about it. Locks nothing that lasts: no row is touched.
alter table orders.contact add column language text;

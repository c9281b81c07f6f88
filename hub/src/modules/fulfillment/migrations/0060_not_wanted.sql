-- A customer who takes less at the counter is a reason of its own. Locks the table for as long as its rows are read: it is small.
alter table fulfillment.refused_line drop constraint refused_line_reason_check;
alter table fulfillment.refused_line add constraint refused_line_reason_check
  check (reason in ('out_of_stock', 'damaged', 'cannot_find', 'too_much_to_do', 'other', 'not_wanted'));

-- Goods that come back and goods that go out on one ticket: its total is the difference. Locks: till.sale for a moment.
alter table till.sale drop constraint sale_kind_check, drop constraint "TIL-12 a return's ticket gives back";
alter table till.sale
  add constraint sale_kind_check check (kind in ('sale', 'collection', 'return', 'exchange')),
  add constraint "TIL-12 a return's ticket gives back"
    check ((kind in ('return', 'exchange')) = (return_id is not null) and (kind <> 'return' or (cash <= 0 and card <= 0)));

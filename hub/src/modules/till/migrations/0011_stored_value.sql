-- What a ticket was paid with store credit or gift cards, or gave back to them: it moves neither the drawer nor a card. Locks: till.sale for a moment.
alter table till.sale
  add column stored bigint not null default 0,
  drop constraint "TIL-6 a ticket is what was paid for it";
alter table till.sale
  add constraint "TIL-6 a ticket is what was paid for it" check (total = cash + card + stored);

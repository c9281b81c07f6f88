-- Which object of a Stripe account stands for which of our payments. Written before anything is confirmed, on connections of its own: what is
-- not in here took no money, so an answer that was lost can be asked for. Locks: none that matter, the table is new.
create table integrations.stripe_payment (
  intent_id    uuid primary key,
  account      text not null,
  kind         text not null check (kind in ('card', 'page', 'reader', 'none')),
  ref          text,                                 -- its payment intent, or its page
  reader       text,
  is_canceled  boolean not null default false,       -- nothing is confirmed for it from then on
  created_at   timestamptz not null default now(),
  check ((kind = 'none') = (ref is null)),
  check ((kind = 'reader') = (reader is not null))
);
create unique index stripe_payment_of_ref on integrations.stripe_payment (ref) where ref is not null;

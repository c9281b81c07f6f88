-- What a customer showed opens the one object that it names, for half an hour and for whoever it was shown to [ACC-12]. Locks: none, new.
create table access.grant (
  id          uuid primary key,
  holder      text not null,                 -- the session of the staff, or the device, that it was shown to
  subject     text not null,                 -- `record/<id>`, `order/<id>`
  proof       text not null,
  granted_at  timestamptz not null default now(),
  expires_at  timestamptz not null
);
create index grant_holder on access.grant (holder, subject, expires_at desc);
create index grant_age on access.grant (expires_at);

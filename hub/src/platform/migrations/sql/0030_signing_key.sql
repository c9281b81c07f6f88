-- The installation's one key pair (P-256), made at the first start: it signs member cards and hand-over codes that a till can
-- check without network. The private part is sealed with WEFT_SECRET. Locks: none that matter, the table is new.
create table platform.signing_key (
  id              text primary key,          -- the thumbprint of the public part (RFC 7638)
  public_jwk      jsonb not null,
  private_sealed  text not null,
  is_current      boolean not null default true,
  created_at      timestamptz not null default now()
);
create unique index one_current_signing_key on platform.signing_key (is_current) where is_current;

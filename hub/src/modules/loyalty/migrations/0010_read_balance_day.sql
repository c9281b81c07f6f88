-- Balances at the end of business days, for channels that are shown them as of last night. Locks: none, only a view is made.
create view loyalty.read_balance_day as select record_id, business_date, balance from loyalty.balance_day;
comment on view loyalty.read_balance_day is 'not null: record_id, business_date, balance';

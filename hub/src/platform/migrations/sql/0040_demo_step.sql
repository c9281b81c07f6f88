-- Which parts of the demo chain are loaded, so that a start that was cut off goes on where it stopped. Empty outside the demo.
create table platform.demo_step (
  step    text primary key,
  done_at timestamptz not null default now()
);

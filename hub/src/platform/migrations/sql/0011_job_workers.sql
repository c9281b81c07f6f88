-- Which node runs which worker of the job queue, so that jobs of a node that was killed are taken over at once: the queue itself
-- would wait four hours. Locks: none, the table is new.
create table platform.job_worker (
  worker_id  text primary key,
  -- The key of the advisory lock that the node holds for as long as it lives.
  node_lock  integer not null
);

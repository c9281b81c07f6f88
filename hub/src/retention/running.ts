import { BOOK, LEVEL, MACHINE, SETTINGS, row, type Retention } from "./row.ts";

const TASK = row("what people must do, and did", "25 months after it ended", "job tasks.forget");

/** Of the installation itself, what it is told of the world outside, and the work of staff. */
export const OF_RUNNING: Readonly<Record<string, Retention>> = {
  "channels.channel": SETTINGS,
  "channels.key": SETTINGS,
  "channels.place_level": LEVEL,
  "integrations.sandbox_tse": row("the counters of the sandbox device of German registers, in a demo only", "as long as the demo", "use"),
  "integrations.data_import": row(
    "files that were imported, and what came of them",
    "30 days after their end",
    "job integrations.forget_imports",
  ),
  "integrations.import_part": row(
    "a file on its way in, sealed",
    "until its import has ended, 3 days at most before it is started",
    "job integrations.forget_imports",
  ),
  "integrations.import_refusal": row(
    "which lines were put aside, by number and reason",
    "30 days after the import's end",
    "job integrations.forget_imports",
  ),
  "integrations.refused_line": row("lines of an import that were no sale, by number and reason", "until the import is run again", "use"),
  "integrations.sandbox_capture": row(
    "what the sandbox provider was asked",
    "as long as the installation: it is none of a real provider",
    "nobody",
  ),
  "integrations.sandbox_charge": row(
    "what the sandbox provider was asked",
    "as long as the installation: it is none of a real provider",
    "nobody",
  ),
  "integrations.sandbox_refund": row(
    "what the sandbox provider was asked",
    "as long as the installation: it is none of a real provider",
    "nobody",
  ),
  "integrations.settlement_line": BOOK,
  "integrations.stripe_payment": row("which object of a Stripe account stands for which payment", "10 years with its payment", "nobody"),
  "places.legal_entity": SETTINGS,
  "places.place": SETTINGS,
  "places.place_group": SETTINGS,
  "platform.backup_run": row("the nightly backups and how they went", "90 days", "job platform.backup"),
  "platform.dead_letter": row("events that a subscriber could not process", "30 days after they were put in order", "job platform.forget"),
  "platform.deletion": row("how many rows jobs have deleted, by table and day", "36 months", "job platform.forget"),
  "platform.demo_step": row("what of the demo is loaded", "as long as the demo", "nobody"),
  "platform.event_log": row("what was published; subscribers read on from it", "30 days", "job platform.partitions"),
  "platform.idempotency_key": row("answers that are given again to a repeat", "7 days", "job platform.forget"),
  "platform.installation": row("the installation itself", "for good", "nobody"),
  "platform.invariant_check": row("what the last checks found", "1 day; the newest always", "job platform.forget"),
  "platform.job_run": row("when each job last came to its end", "as long as the job", "use"),
  "platform.job_worker": MACHINE,
  "platform.live_ticket": row("the opening of one live stream", "30 seconds", "job platform.forget"),
  "platform.log_head": MACHINE,
  "platform.migration": row("which migrations are applied, with their hashes", "for good", "nobody"),
  "platform.node": row("which hubs run", "1 day after the last sign of life", "use"),
  "platform.outbox": row("events without a position", "milliseconds", "use"),
  "platform.signing_key": row("the key pair of member cards and codes, sealed", "for good", "nobody"),
  "platform.subscription": MACHINE,
  "tasks.kind_setting": SETTINGS,
  "tasks.noted": row("causes that only a fact told of", "while they stand", "use"),
  "tasks.run": TASK,
  "tasks.step": TASK,
  "tasks.task": TASK,
};

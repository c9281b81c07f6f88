import { totalmem } from "node:os";

/** Server settings by name, as `postgres -c name=value` takes them. */
export type Settings = Readonly<Record<string, string>>;

const FOUR_GIB = 4 * 1024 ** 3;

/** What the embedded server runs with unless a caller says otherwise. Socket only: the folder's mode is the lock on the door. */
export function defaultSettings(): Settings {
  return {
    listen_addresses: "",
    unix_socket_permissions: "0700",
    shared_buffers: totalmem() >= FOUR_GIB ? "512MB" : "128MB",
    // Full-page images after each checkpoint are the largest avoidable cost of writes with random keys, so checkpoints are rare.
    max_wal_size: "4GB",
    checkpoint_timeout: "20min",
    jit: "off",
    io_method: "worker",
    shared_preload_libraries: "pg_stat_statements",
    timezone: "UTC",
    // Errors go to the hub that caused them; here their text could carry a customer's data into a log.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_line_prefix: "",
    log_checkpoints: "off",
  };
}

export function settingArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

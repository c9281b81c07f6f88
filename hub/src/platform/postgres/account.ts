import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { binary, type Binaries } from "./binaries.ts";

/** Numbers of a user and group of this machine. */
type User = { readonly uid: number; readonly gid: number };

/** Where the server's files are and under whose name its programs are started. */
export type Account = {
  readonly data: string;
  readonly binaries: Binaries;
  /** Programs that come before the server's own on the command line. */
  readonly prefix: readonly string[];
  readonly user?: User;
  /** Whether the system ends the server when the process that started it dies. */
  readonly endsWithParent: boolean;
};

/** Root seen as an ordinary user: PostgreSQL refuses uid 0, and inside the namespace files of root are files of uid 1000. */
const NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"];
const END_WITH_PARENT = ["setpriv", "--pdeathsig", "INT"];
/** Where files go that another user must reach. */
const STATE_ROOT = "/var/lib/weft";
const NOBODY = { uid: 65534, gid: 65534 };

/**
 * Decides how the server of `home` can be run by this process: as it is for a normal user, in a user namespace for root,
 * as the owner of an existing folder, or, where namespaces are forbidden, as user `weft` or `nobody` with its files in a state directory.
 * Throws, with the way out, when none of them works.
 */
export function chooseAccount(home: string, binaries: Binaries, stateRoot = STATE_ROOT): Account {
  const endsWithParent = process.platform === "linux" && runs(END_WITH_PARENT);
  const tie = endsWithParent ? END_WITH_PARENT : [];
  const data = join(home, "postgres", "data");
  if (process.getuid?.() !== 0) return { data, binaries, prefix: tie, endsWithParent };

  const state = join(stateRoot, createHash("sha256").update(home).digest("hex").slice(0, 12), "data");
  const present = [data, state].find((folder) => existsSync(join(folder, "PG_VERSION")));
  if (present) {
    const owner = statSync(present);
    if (owner.uid !== 0)
      return { ...asUser({ uid: owner.uid, gid: owner.gid }, present, binaries, stateRoot), prefix: tie, endsWithParent };
  }
  if (runs(NAMESPACE)) return { data, binaries, prefix: [...NAMESPACE, ...tie], endsWithParent };
  if (present)
    throw new Error(`${present} belongs to root, and PostgreSQL does not run as root here (user namespaces are forbidden). ${WAY_OUT}`);
  return { ...asUser(serviceUser(), state, binaries, stateRoot), prefix: tie, endsWithParent };
}

const WAY_OUT = "Start the hub as the folder's owner or as a normal user, or set DATABASE_URL to a PostgreSQL 18.";

function runs(prefix: readonly string[]): boolean {
  const [program, ...rest] = prefix;
  return program !== undefined && spawnSync(program, [...rest, "true"], { stdio: "ignore" }).status === 0;
}

/** The user `weft` if the machine has one, else `nobody`. */
function serviceUser(): User {
  const line = readFileSync("/etc/passwd", "utf8").match(/^weft:[^:]*:(\d+):(\d+):/m);
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : NOBODY;
}

function asUser(user: User, data: string, binaries: Binaries, stateRoot: string): Pick<Account, "data" | "binaries" | "user"> {
  const folder = dirname(data);
  if (data.startsWith(stateRoot) && !existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    chmodSync(folder, 0o700);
    chownSync(folder, user.uid, user.gid);
  }
  if (!mayReach(user, folder)) throw new Error(`The owner of ${data} (uid ${user.uid}) cannot reach it. ${WAY_OUT}`);
  return { data, user, binaries: mayReach(user, binary(binaries, "postgres")) ? binaries : copyBinaries(binaries, stateRoot) };
}

/** Tried, not computed: modes, access lists and mount options all have a say. */
function mayReach(user: User, path: string): boolean {
  return spawnSync("test", ["-x", path], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

/** A copy that every user can read, kept per version (60 MB). Renamed into place, so a copy cut short is never used. */
function copyBinaries({ native, version }: Binaries, stateRoot: string): Binaries {
  const target = join(stateRoot, `server-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    chmodSync(unfinished, 0o755);
    if (existsSync(target)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, target);
  }
  return { native: target, version };
}

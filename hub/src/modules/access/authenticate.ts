import type { Role } from "@weft/contracts";
import type { ChannelId, DeviceId, HubEvent, PlaceId, RecordId, RegisterId, StaffId } from "@weft/kernel";
import type { Pool } from "pg";
import { ANONYMOUS, statement, type Actor } from "../../platform/index.ts";
import type { DeviceKind } from "./domain/index.ts";
import { DeviceRemoved, SessionEnded, StaffChanged } from "./events.ts";
import { tokenHash } from "./secrets.ts";
import { deviceCookie, IDLE_SECONDS } from "./commands/sessions.ts";
import { createTimedCache } from "./timed-cache.ts";

/** A channel key as `channels` knows it. */
export type KeyHolder = {
  readonly keyId: string;
  readonly kind: "publishable" | "secret";
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
};

/** What `channels` knows, which stands above this module; joined in main.ts. */
export type ChannelPorts = {
  /** Finds a living key by the hex SHA-256 of its value. */
  findKey(hash: string): Promise<KeyHolder | undefined>;
  /** The channel that the devices of a place sell on. */
  channelAt(placeId: PlaceId): Promise<ChannelId | null>;
};

/** What of a request says who is calling. */
export type Credentials = {
  readonly authorization: string | undefined;
  /** The header `Weft-Session`; for a live stream, which may come without headers, its query parameter. */
  readonly sessionName: string | undefined;
  readonly cartToken: string | undefined;
  readonly cookies: Readonly<Record<string, string | undefined>>;
};

export type Authenticator = {
  /** Who calls. Unknown, expired and revoked credentials count as none. */
  authenticate(credentials: Credentials): Promise<Actor>;
  /** Takes what the log follower read: ended sessions and changed staff are forgotten at once. */
  onEvents(events: readonly Pick<HubEvent, "type" | "data">[]): void;
};

type Session = {
  id: string;
  app: string;
  kind: "staff" | "customer";
  channel_id: ChannelId | null;
  device_id: DeviceId | null;
  record_id: RecordId | null;
  staff_id: StaffId | null;
  staff_name: string | null;
  place_ids: PlaceId[] | null;
  roles: Role[] | null;
  expires_at: Date;
  needs_renewal: boolean;
};
type Device = {
  id: DeviceId;
  kind: DeviceKind;
  place_id: PlaceId;
  register_id: RegisterId | null;
  channel_id: ChannelId | null;
  is_training: boolean;
};

/** A session or device is asked of the database at most once in this time, so a hot path costs no statement more. */
const CACHE_MS = 5000;
const CACHE_ENTRIES = 20_000;

/** Makes the one place where credentials become an actor. */
export function createAuthenticator(deps: ChannelPorts & { readonly pool: Pool }): Authenticator {
  const sessions = createTimedCache<Session>({ milliseconds: CACHE_MS, entries: CACHE_ENTRIES });
  const devices = createTimedCache<Device>({ milliseconds: CACHE_MS, entries: CACHE_ENTRIES });

  async function sessionOf(token: string | undefined, name: string): Promise<Session | undefined> {
    if (!token) return undefined;
    const hash = tokenHash(token);
    const session = await sessions.get(hash.toString("base64"), () => readSession(deps.pool, hash));
    return session?.app === name && session.expires_at > new Date() ? session : undefined;
  }

  async function deviceOf(token: string | undefined): Promise<Device | undefined> {
    if (!token) return undefined;
    const hash = tokenHash(token);
    return devices.get(hash.toString("base64"), () => readDevice(deps.pool, hash));
  }

  return {
    async authenticate({ authorization, sessionName, cartToken, cookies }) {
      const keyHash = keyHashIn(authorization);
      // A cookie alone is no credential: another site's form would carry it along [ACC-9].
      const name = sessionName !== undefined && SESSION_NAME.test(sessionName) ? sessionName : undefined;
      const [key, device, anySession] = await Promise.all([
        keyHash === undefined ? undefined : deps.findKey(keyHash),
        name === undefined ? undefined : deviceOf(cookies[deviceCookie(name)]),
        name === undefined ? undefined : sessionOf(cookies[name], name),
      ]);
      const session = anySession && (anySession.device_id === null || anySession.device_id === device?.id) ? anySession : undefined;
      const deviceChannel = device ? (device.channel_id ?? (await deps.channelAt(device.place_id))) : null;
      return actorOf({ key, device, session, deviceChannel, cartToken });
    },
    onEvents(events) {
      for (const { type, data } of events) {
        // The definitions' own schemas were checked when these were published.
        if (type === SessionEnded.type) sessions.forget(({ id }) => id === (data as { sessionId: string }).sessionId);
        if (type === DeviceRemoved.type) devices.forget(({ id }) => id === (data as { deviceId: string }).deviceId); // see above
        if (type === StaffChanged.type) sessions.forget(({ staff_id }) => staff_id === (data as { staffId: string }).staffId); // see above
      }
    },
  };
}

const SESSION_NAME = /^weft_[a-z0-9_]{1,40}$/;

/** The hex SHA-256 of the key in an `Authorization` header, as keys are known by. */
export function keyHashIn(authorization: string | undefined): string | undefined {
  const value = authorization === undefined ? undefined : keyIn(authorization);
  return value === undefined || value === "" ? undefined : tokenHash(value).toString("hex");
}

/** `Bearer pk_…`, or Basic with the key as user name, where event clients send it so. */
function keyIn(authorization: string): string | undefined {
  const [scheme = "", value = ""] = authorization.split(" ", 2);
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  return Buffer.from(value, "base64").toString("utf8").split(":", 1)[0];
}

type Found = {
  readonly key: KeyHolder | undefined;
  readonly device: Device | undefined;
  readonly session: Session | undefined;
  readonly deviceChannel: ChannelId | null;
  readonly cartToken: string | undefined;
};

function actorOf({ key, device, session, deviceChannel, cartToken }: Found): Actor {
  const staff = session?.staff_id ? session : undefined;
  const customer = session?.record_id ? { recordId: session.record_id, sessionId: session.id } : null;
  const kind = strongest({ key, device, session });
  const staffPlaces = staff?.place_ids ?? [];
  return {
    ...ANONYMOUS,
    kind,
    credential: credentialOf(kind, { key, device, session, cartToken }),
    channelId: (kind === "secret" ? key?.channelId : undefined) ?? deviceChannel ?? session?.channel_id ?? key?.channelId ?? null,
    placeId: device?.place_id ?? (staffPlaces.length === 1 ? staffPlaces[0] : undefined) ?? key?.placeId ?? null,
    customer,
    staff: staff?.staff_id
      ? { id: staff.staff_id, name: staff.staff_name ?? "", roles: staff.roles ?? [], placeIds: staffPlaces, sessionId: staff.id }
      : null,
    device: device ? deviceActor(device) : null,
    keyId: key?.keyId ?? null,
    cartToken: cartToken === undefined || cartToken === "" ? null : cartToken.slice(0, 200),
  };
}

function deviceActor({ id, kind, place_id: placeId, register_id: registerId, is_training: isTraining }: Device): Actor["device"] {
  return { id, kind, placeId, registerId, ...(isTraining && { isTraining }) };
}

function strongest({ key, device, session }: Pick<Found, "key" | "device" | "session">): Actor["kind"] {
  if (session?.staff_id) return "staff";
  if (key?.kind === "secret") return "secret";
  if (device) return "device";
  if (session?.record_id) return "customer";
  return key ? "publishable" : "anonymous";
}

/** Whose idempotency keys these are. Shoppers share a publishable key, so there the cart's token tells them apart. */
function credentialOf(kind: Actor["kind"], { key, device, session, cartToken }: Omit<Found, "deviceChannel">): string {
  if (kind === "staff") return `staff/${session?.staff_id}`;
  if (kind === "customer") return `record/${session?.record_id}`;
  if (kind === "device") return `device/${device?.id}`;
  if (kind !== "secret" && cartToken) return `cart/${tokenHash(cartToken).toString("base64url").slice(0, 22)}`;
  return key ? `key/${key.keyId}` : "anonymous";
}

/** Reads a living session with its holder, and renews it when it is used and was not renewed for a twentieth of its time. */
async function readSession(pool: Pool, hash: Buffer): Promise<Session | undefined> {
  const [session] = await statement<Session>(
    pool,
    `select s.id, s.app, s.kind, s.channel_id, s.device_id, s.record_id, s.staff_id, s.expires_at, m.name as staff_name, m.place_ids,
            (select array_agg(role) from access.staff_role r where r.staff_id = s.staff_id) as roles,
            s.renewed_at < now() - make_interval(secs => case s.kind when 'staff' then $2::float8 else $3::float8 end) as needs_renewal
       from access.session s left join access.staff m on m.id = s.staff_id
      where s.token_hash = $1 and s.expires_at > now() and (m.id is null or m.state = 'active')`,
    [hash, IDLE_SECONDS.staff / 20, IDLE_SECONDS.customer / 20],
  );
  if (session?.needs_renewal) session.expires_at = await renew(pool, session);
  return session;
}

async function renew(pool: Pool, { id, kind, expires_at }: Session): Promise<Date> {
  const [renewed] = await statement<{ expires_at: Date }>(
    pool,
    `with seen as (update access.staff set last_seen_at = now() where id = (select staff_id from access.session where id = $1))
     update access.session set renewed_at = now(), expires_at = now() + make_interval(secs => $2::float8) where id = $1 returning expires_at`,
    [id, IDLE_SECONDS[kind]],
  );
  return renewed?.expires_at ?? expires_at;
}

/** Notes once a minute that it was heard, in the same statement: screens ask at least that often [ACC-17]. */
async function readDevice(pool: Pool, hash: Buffer): Promise<Device | undefined> {
  const [device] = await statement<Device>(
    pool,
    `with heard as (
       update access.device set last_seen_at = now()
        where token_hash = $1 and (last_seen_at is null or last_seen_at < now() - interval '1 minute'))
     select id, kind, place_id, register_id, channel_id, is_training from access.device where token_hash = $1`,
    [hash],
  );
  return device;
}

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BERLIN, LYON, PASSWORD, peopleHub, type Browser, type PeopleHub } from "../../../test/people-hub.ts";

let hub: PeopleHub;
let manager: Browser;
beforeAll(async () => {
  hub = await peopleHub();
  manager = hub.browser("weft_office");
  const entered = await manager.call("POST", "/v1/staff-sessions", { email: "manager@example.com", password: PASSWORD });
  expect(entered.status).toBe(201);
}, 60_000);
afterAll(() => hub.close());

const confirm = (code: string, placeId: string = LYON) =>
  manager.call("POST", `/v1/device-enrollments/${code}/confirmation`, { placeId, name: "Over the counter" });

/** A new screen with the code that it shows. */
async function newScreen(): Promise<{ wall: Browser; code: string }> {
  const wall = hub.browser("weft_board");
  const { status, body } = await wall.call("POST", "/v1/device-enrollments");
  expect(status).toBe(201);
  return { wall, code: body.code };
}

const deviceOf = async (wall: Browser) => (await wall.call("GET", "/v1/session")).body.device;

describe("[ACC-16] a board by the code on its screen", () => {
  it("is one as soon as a manager has confirmed it, however the code was typed, and stays so", async () => {
    const { wall, code } = await newScreen();
    expect(code).toMatch(/^[A-Z3-9]{6}$/);
    expect(await deviceOf(wall)).toBeNull();
    const confirmed = await confirm(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)}`);
    expect([confirmed.status, confirmed.body.kind, confirmed.body.placeId]).toEqual([201, "board", LYON]);
    expect(await deviceOf(wall)).toMatchObject({ kind: "board", placeId: LYON, name: "Over the counter" });
    const { body } = await manager.call("GET", "/v1/devices");
    expect(body.items).toContainEqual(expect.objectContaining({ id: confirmed.body.id, enrolledBy: expect.stringMatching(/./) }));
  });

  it("[ACC-17] says when it was last heard: never before its first question", async () => {
    const { wall, code } = await newScreen();
    const { id } = (await confirm(code)).body;
    const heard = async () => {
      const { body } = await manager.call("GET", "/v1/devices");
      return body.items.find((device: { id: string }) => device.id === id).lastSeenAt;
    };
    expect(await heard()).toBeNull();
    expect(await deviceOf(wall)).not.toBeNull();
    const first = await heard();
    expect(first).toMatch(/T/);
    expect(await deviceOf(wall)).not.toBeNull();
    expect(await heard()).toBe(first);
  });

  it("a code works once and for ten minutes, and not for a place where the manager does not work", async () => {
    const { wall, code } = await newScreen();
    expect((await confirm(code, BERLIN)).body.code).toBe("access.out_of_reach");
    const [one, two] = await Promise.all([confirm(code), confirm(code)]);
    expect(new Set([one.status, two.status])).toEqual(new Set([201, 404]));
    expect(await deviceOf(wall)).toMatchObject({ placeId: LYON });
    const late = await newScreen();
    await hub.pool.query("update access.enrollment set expires_at = now() - interval '1 second'");
    expect((await confirm(late.code)).body.code).toBe("access.enrollment_unknown");
    expect(await deviceOf(late.wall)).toBeNull();
  });

  it("has another name when the office says so, and not for who works elsewhere", async () => {
    const { wall, code } = await newScreen();
    const { id } = (await confirm(code)).body;
    const renamed = await manager.call("PATCH", `/v1/devices/${id}`, { name: "By the door" });
    expect([renamed.status, renamed.body.name]).toEqual([200, "By the door"]);
    expect(await deviceOf(wall)).toMatchObject({ name: "By the door" });
    await hub.pool.query("update access.device set place_id = $2 where id = $1", [id, BERLIN]);
    expect((await manager.call("PATCH", `/v1/devices/${id}`, { name: "Mine" })).body.code).toBe("access.out_of_reach");
  });

  it("is none at once when it is taken out of use, and shows a new code", async () => {
    const { wall, code } = await newScreen();
    const { id } = (await confirm(code)).body;
    expect((await wall.call("POST", "/v1/device-enrollments")).body.code).toBe("access.enrolled_already");
    expect(await deviceOf(wall)).not.toBeNull();
    expect((await manager.call("DELETE", `/v1/devices/${id}`)).status).toBe(204);
    await hub.settled();
    expect(await deviceOf(wall)).toBeNull();
    expect((await manager.call("DELETE", `/v1/devices/${id}`)).body.code).toBe("access.device_unknown");
    const again = (await wall.call("POST", "/v1/device-enrollments")).body;
    expect((await confirm(again.code)).status).toBe(201);
  });

  it("wrong codes close the door for who tries them [ACC-5]", async () => {
    const answers = [];
    for (let n = 0; n < 8; n++) answers.push((await confirm("AAAAAA")).status);
    expect(answers).toContain(429);
    expect(answers.slice(0, 3)).toEqual([404, 404, 404]);
  });
});

import { expect, it } from "vitest";
import { readDayparts } from "../../places/domain/index.ts";
import { promiseFor, promiseForAll, whyNotSo, type PromisedGoods, type PromisingPlace } from "./promise.ts";

const BREAKFAST = readDayparts("x: Mo-Su 07:00-11:00")?.[0]?.windows ?? null;
const LUNCH = readDayparts("x: Mo-Su 11:30-15:00")?.[0]?.windows ?? null;
const NIGHT = readDayparts("x: Mo-Su 02:00-03:00")?.[0]?.windows ?? null;

/** Open from 6:30 to 18:00 every day, ten minutes from order to ready. */
const CAFE: PromisingPlace = {
  isServing: true,
  hours: { weekly: Array.from({ length: 7 }, () => [{ from: 6 * 60 + 30, until: 18 * 60 }]), exceptions: [] },
  timeZone: "Europe/Paris",
  collectReadyMinutes: 10,
};
const goods = (served: PromisedGoods["served"] = null): PromisedGoods => ({
  inAssortment: true,
  soldOut: null,
  tracked: false,
  available: null,
  prepSeconds: 0,
  unit: "piece",
  served,
});
/** A Monday in winter. */
const at = (time: string, day = "2026-03-02"): Date => new Date(`${day}T${time}:00+01:00`);

it("[PRM-61] what is sold now is promised as always, also when it is ready after its time", () => {
  expect(promiseFor(goods(BREAKFAST), CAFE, 1, at("10:55"))).toMatchObject({ method: "take_away", promiseAt: at("11:05"), because: null });
});

it("[PRM-61] what is sold later is promised for then, with the reason; before the opening, for the first time after it", () => {
  const because = (time: string, day?: string) => ({ kind: "served_from", data: { from: at(time, day).toISOString() } });
  expect(promiseFor(goods(LUNCH), CAFE, 1, at("09:00"))).toMatchObject({
    method: "collect",
    promiseAt: at("11:40"),
    because: because("11:30"),
  });
  expect(promiseFor(goods(BREAKFAST), CAFE, 1, at("12:00"))).toMatchObject({
    promiseAt: at("07:10", "2026-03-03"),
    because: because("07:00", "2026-03-03"),
  });
  expect(promiseFor(goods(BREAKFAST), CAFE, 1, at("05:00"))).toMatchObject({ promiseAt: at("07:10"), because: because("07:00") });
});

it("[PRM-61] what is sold only while the place is closed is promised never", () => {
  expect(promiseFor(goods(NIGHT), CAFE, 1, at("09:00"))).toMatchObject({ promiseAt: null, because: { kind: "not_served" } });
});

it("[PRM-61] goods together wait for a time that all of them have, and are wanted at no other", () => {
  const wishes = [goods(LUNCH), goods()].map((one) => ({ goods: one, quantity: 1 }));
  const joint = promiseForAll(wishes, CAFE, at("09:00"));
  expect(joint).toMatchObject({ promiseAt: at("11:40"), because: { kind: "served_from" } });
  const wanted = (time: string) => whyNotSo(joint, { kind: "collect", dueAt: at(time) }, CAFE);
  expect(wanted("12:00")).toBeNull();
  expect(wanted("16:00")).toMatchObject({ kind: "not_served_then", data: { from: at("11:30", "2026-03-03").toISOString() } });
  const never = promiseForAll(
    [goods(LUNCH), goods(BREAKFAST)].map((one) => ({ goods: one, quantity: 1 })),
    CAFE,
    at("09:00"),
  );
  expect(never).toMatchObject({ promiseAt: null, because: { kind: "not_served" } });
});

it("[PRM-61] what is sold all day carries no times along", () => {
  expect(promiseForAll([{ goods: goods(), quantity: 1 }], CAFE, at("09:00"))).not.toHaveProperty("served");
});

import { expect, it } from "vitest";
import { fit } from "./fit.ts";

const drawn = (room: Parameters<typeof fit>[0]) => {
  const { phone, till } = fit(room);
  return { wide: phone.width * phone.scale + till.width * till.scale, tall: till.height * till.scale };
};

it("both devices are whole on a laptop, beside the thread", () => {
  for (const room of [
    { width: 1234, height: 540, isNarrow: false },
    { width: 1394, height: 700, isNarrow: false },
    { width: 1500, height: 460, isNarrow: false },
  ]) {
    const { wide, tall } = drawn(room);
    expect(wide).toBeLessThanOrEqual(room.width - 224 + 0.001);
    expect(tall).toBeLessThanOrEqual(room.height + 0.001);
  }
});

it("one device at a time takes the whole width of a phone, and nothing is enlarged", () => {
  const { phone, till } = fit({ width: 366, height: 300, isNarrow: true });
  expect([phone.width * phone.scale, till.width * till.scale]).toEqual([366, 366]);
  expect(fit({ width: 880, height: 900, isNarrow: true }).phone.scale).toBe(1);
  expect(fit({ width: 4000, height: 3000, isNarrow: false }).till.scale).toBe(1);
});

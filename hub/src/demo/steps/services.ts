import { asId, ok, type PlaceId, type StaffId } from "@weft/kernel";
import { createService, setAdviser } from "../../modules/bookings/index.ts";
import type { DemoStep } from "../load-once.ts";

/** Who advises: those who stand at the counter. */
const ADVISING: ReadonlySet<string> = new Set(["cashier", "manager"]);
const RULES = { minutesBefore: 0, everyMinutes: 30, leadMinutes: 60, daysAhead: 30, cancelMinutes: 120, reminderMinutes: 24 * 60 } as const;

/** What can be booked in some stores, and who gives it when. */
export const SERVICES_STEP: DemoStep = {
  name: "services",
  async run({ must }, { services, places, staff }) {
    const given = places.filter(({ code }) => services.stores.includes(code));
    const placeIds = given.map(({ id }) => asId<PlaceId>(id));
    await must(async (ctx) => {
      for (const service of services.items) {
        const made = await createService(ctx, { ...RULES, ...service, placeIds, isActive: true });
        if (!made.ok) return made;
      }
      for (const placeId of placeIds)
        for (const { id } of staff.filter((one) => one.placeIds.includes(placeId) && one.roles.some((role) => ADVISING.has(role)))) {
          const skills = services.items.map(({ skill }) => skill);
          const set = await setAdviser(ctx, { placeId, staffId: asId<StaffId>(id) }, { skills, hours: services.hours, exceptions: [] });
          if (!set.ok) return set;
        }
      return ok(null);
    });
  },
};

import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** The earn rule has a new version. Subject: `program/<id>`. */
export const ProgramChanged = defineEvent("loyalty.program_changed.v1", z.object({ programId: z.string(), version: z.int() }));

/** A record has a member card. Subject: `record/<id>`. */
export const MemberEnrolled = defineEvent("loyalty.member_enrolled.v1", z.object({ recordId: z.string(), programId: z.string() }));

/** Points of an order were taken back because it was canceled. Subject: `record/<id>`. */
export const PointsTakenBack = defineEvent(
  "loyalty.points_taken_back.v1",
  z.object({ recordId: z.string(), customerIdThen: z.string().nullable(), orderId: z.string(), points: z.int() }),
);

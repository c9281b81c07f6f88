import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A company was made, changed, confirmed, archived or brought back. Subject: `company/<id>`. */
export const CompanyChanged = defineEvent(
  "company.changed.v1",
  z.object({ companyId: z.string(), state: z.enum(["suggested", "active", "archived"]), version: z.int() }),
);

/** Somebody belongs to a company in another way than before, or no more. Subject: `company/<id>`. */
export const CompanyMemberChanged = defineEvent(
  "company.member_changed.v1",
  z.object({
    companyId: z.string(),
    recordId: z.string(),
    role: z.enum(["owner", "buyer", "member"]),
    state: z.enum(["suggested", "active", "ended"]),
  }),
);

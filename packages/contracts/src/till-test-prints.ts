import { z } from "zod";
import { IdParams, Uuid, type Endpoint } from "./shared.ts";
import { ReportedEquipment, TestPrint } from "./till-shifts.ts";

export const testPrintEndpoints = {
  "till.askTestPrint": {
    summary: "Ask a till to print a page on its printer. While one is asked, it is that one",
    tag: "till",
    params: IdParams,
    response: TestPrint,
    status: 201,
  },
  "till.testPrint": {
    summary: "The page that the office asks this till to print now; null: none",
    tag: "till",
    response: z.object({ id: Uuid.nullable() }).meta({ id: "WantedTestPrint" }),
    status: 200,
  },
  "till.endTestPrint": {
    summary: "A till says what became of a page that the office asked for; said again it stays as it was",
    tag: "till",
    params: IdParams,
    body: z.object({ problem: ReportedEquipment.shape.problem }),
    response: null,
    status: 204,
  },
} satisfies Record<string, Endpoint>;

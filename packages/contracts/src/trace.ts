import { z } from "zod";

/** A batch or a serial number as a GS1 code holds it: up to twenty characters (AI 10, AI 21). */
export const TraceCode = z.string().trim().min(1).max(20);

/** What its code says of this very one: the batch it was made in, its serial number, and until when it may be used, sold, or is at its best. */
export const Trace = z
  .object({
    batch: TraceCode.optional(),
    serial: TraceCode.optional(),
    useBy: z.iso.date().optional(),
    sellBy: z.iso.date().optional(),
    bestBefore: z.iso.date().optional(),
  })
  .meta({ id: "Trace" });

export { eraseBookings, bookingsHeldOf } from "./erase.ts";
export { setAdviser } from "./commands/roster.ts";
export { createService } from "./commands/services.ts";
export type { BookingId } from "./domain/index.ts";
export { bookingsInvariants } from "./invariants.ts";
export { bookingsJobs } from "./jobs.ts";
export { readBooking } from "./queries/bookings.ts";
export { bookingsRoutes, type BookingsDeps } from "./routes.ts";

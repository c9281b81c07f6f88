/** Whole minutes until an instant (ISO 8601), rounded up; 0 or less when it is over. */
export function minutesUntil(at: string, now: Date): number {
  return Math.ceil((new Date(at).getTime() - now.getTime()) / 60_000);
}

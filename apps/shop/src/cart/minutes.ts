/** Whole minutes until an instant (ISO 8601), rounded; 0 or less when it is over. */
export function minutesUntil(at: string, now: Date): number {
  return Math.round((new Date(at).getTime() - now.getTime()) / 60_000);
}

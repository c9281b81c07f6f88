export const fulfillment = 1;

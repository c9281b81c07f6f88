export const OrderPlaced = 1;

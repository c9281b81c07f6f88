export const carts = 1;

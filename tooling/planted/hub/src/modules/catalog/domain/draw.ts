// impure: random
export const draw = () => Math.random();

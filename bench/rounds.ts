/**
 * Measures the desk and its floor in turns, and every other time the floor first: what the machine does meanwhile befalls
 * both alike.
 */
export async function inTurns<D, F = D>(
  rounds: number,
  desk: (round: number) => Promise<D>,
  floor: (round: number) => Promise<F>,
): Promise<{ desk: D; floor: F }[]> {
  const measured: { desk: D; floor: F }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const first = await desk(round);
      measured.push({ desk: first, floor: await floor(round) });
    } else {
      const first = await floor(round);
      measured.push({ desk: await desk(round), floor: first });
    }
  }
  return measured;
}

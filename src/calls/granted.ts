/** The VDNs of the contact centre that a workspace was given by whoever runs the desk; any: those that its people name. */
export type Granted = 'any' | readonly number[];

export const isGranted = (granted: Granted, vdn: number): boolean =>
  granted === 'any' || granted.includes(vdn);

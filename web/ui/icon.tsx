/** Our small set of line icons, drawn on 24 × 24, always decorative: text stands next to them or the button has a name. Called by both web apps. */

const PATHS = {
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  phone: 'M6 3h4l1.5 5-2.5 1.5a12 12 0 0 0 5.5 5.5L16 12.5l5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z',
  wallet: 'M4 7h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 7V6a2 2 0 0 1 2-2h11v3M16 13.5h.01',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  'check-double': 'M2 12.5l4.5 4.5L15 8M12 16l1 1 9-9.5',
  play: 'M7 5l12 7-12 7z',
  cross: 'M6 6l12 12M18 6L6 18',
  absent: 'M9 4a4 4 0 1 0 .01 0M3 20a6 6 0 0 1 12 0M16 9l5 5M21 9l-5 5',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 14a5 5 0 0 0 8 0M9 9.5h.01M15 9.5h.01',
  neutral: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 15h8M9 9.5h.01M15 9.5h.01',
  frown: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 16a5 5 0 0 1 8 0M9 9.5h.01M15 9.5h.01',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  'eye-off':
    'M4 4l16 16M9.900 5.200A10 10 0 0 1 12 5c6 0 10 7 10 7a17 17 0 0 1-3.200 4M6 7a17 17 0 0 0-4 5s4 7 10 7a9.500 9.500 0 0 0 4-1',
  question: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 17h.01',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  undo: 'M9 5L4 10l5 5M4 10h10a6 6 0 0 1 0 12h-2',
  'chevron-left': 'M15 5l-7 7 7 7',
  'chevron-right': 'M9 5l7 7-7 7',
  plus: 'M12 5v14M5 12h14',
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  moon: 'M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10z',
  contrast: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 3v18M12 7l4.5 4.5M12 12l4 4',
  language: 'M4 6h10M9 4v2M12 6c-1 4-4 7-8 8M6 9c1 3 4 5 7 6M12 20l4-10 4 10M13.5 16.5h5',
  'sign-out': 'M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M17 8l4 4-4 4M21 12H10',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21a8 8 0 0 1 16 0',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7L12 17',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  refresh: 'M20 5v5h-5M4 19v-5h5M5.5 9a7 7 0 0 1 12-2.5L20 10M18.5 15a7 7 0 0 1-12 2.5L4 14',
  gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7S10.5 3 8.5 3a2 2 0 0 0 0 4zM12 7s1.500-4 3.500-4a2 2 0 0 1 0 4z',
  card: 'M3 6h18v12H3zM3 10h18M7 15h3',
  move: 'M4 12h16M14 6l6 6-6 6',
  chat: 'M4 5h16v11H9l-5 4z',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.500 15.500L20 20',
  'chevron-down': 'M5 9l7 7 7-7',
  sort: 'M8 10l4-5 4 5M8 14l4 5 4-5',
  dots: 'M5 11.500a.500.500 0 1 0 .010 0M12 11.500a.500.500 0 1 0 .010 0M19 11.500a.500.500 0 1 0 .010 0',
  pen: 'M4 20h4L20 8l-4-4L4 16zM13 7l4 4',
  bin: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  download: 'M12 4v11M7 10l5 5 5-5M4 20h16',
  star: 'M12 4l2.500 5.200 5.500.800-4 4 1 5.700-5-2.700-5 2.700 1-5.700-4-4 5.500-.800z',
  house: 'M4 11l8-7 8 7v9H4zM10 20v-6h4v6',
  team: 'M9 5a3.500 3.500 0 1 0 .010 0M2 20a7 7 0 0 1 14 0M16 5.300a3.500 3.500 0 0 1 0 6.400M18.500 14.500A7 7 0 0 1 22 20',
  scissors: 'M6 4a2.500 2.500 0 1 0 .010 0M6 15a2.500 2.500 0 1 0 .010 0M8 8l12 11M8 16L20 5',
  'calendar-off': 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9.500 13l5 4.500M14.500 13l-5 4.500',
  door: 'M6 21V3h12v18M3 21h18M14.500 12h.010',
  tag: 'M4 4h8l8 8-8 8-8-8zM8.500 8.500h.010',
  blank: '',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  sliders: 'M4 21v-7M4 10V3M12 21v-9M12 8V3M20 21v-5M20 12V3M1 14h6M9 8h6M17 16h6',
} as const;

export type IconName = keyof typeof PATHS;

/** `size` in pixels. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The bare path, for places that build DOM themselves (calendar cells). */
export const iconPath = (name: IconName): string => PATHS[name];

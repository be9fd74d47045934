// The mark: a boathouse's gable over calm water, with a boat ready to go.
export function Logo({ size }: { size: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 64 64" fill="none">
      <title>Boathouse</title>
      <rect width="64" height="64" rx="15" fill="#13636a" />
      <path d="M11 31.5 32 13l21 18.5" stroke="#fff" strokeWidth="4.6" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M19.5 37.5h25c-.9 5.2-4.3 8.5-9.2 8.5h-6.600c-4.900 0-8.300-3.300-9.200-8.500Z" fill="#fff" />
      <path
        d="M11 52.500c3.500-2.600 7-2.600 10.500 0s7 2.600 10.500 0 7-2.600 10.500 0 7 2.600 10.500 0"
        stroke="#7abcc0"
        strokeWidth="4"
        strokeLinecap="round"
      />
    </svg>
  );
}

import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** The browser does not tell whether there is anything ahead, so the furthest place since the last new one is remembered. */
export function useCanGoForward(): boolean {
  const { history } = useRouter();
  const [furthest, setFurthest] = useState(history.location.state.__TSR_index);
  const [here, setHere] = useState(furthest);
  useEffect(
    () =>
      history.subscribe(({ location, action }) => {
        const index = location.state.__TSR_index;
        setHere(index);
        setFurthest((known) => (action.type === 'PUSH' ? index : Math.max(known, index)));
      }),
    [history],
  );
  return here < furthest;
}

import { Status } from '../node/wire.ts';
import { comingIn, counted, duration, timeLeft } from '../ui/words.ts';
import type { TaskView } from './feed.ts';

/** What a task is doing just now, or waits for: `openmvs · estimate-depth · 5 of 18`. */
export function activityWords({ info, progress }: TaskView): string {
  if (info.status === Status.queued) {
    const position = progress?.queuePosition ?? null;
    return position === null ? 'Waiting for a free slot' : position === 1 ? 'Next in the queue' : `Number ${position} in the queue`;
  }

  if (info.status !== Status.running || progress === null) {
    return '';
  }

  const units = progress.unitsDone !== null && progress.unitsPlanned !== null
    ? `${progress.unitsDone.toLocaleString('en')} of ${progress.unitsPlanned.toLocaleString('en')}`
    : null;
  return [progress.stage ?? 'Starting', progress.step, units].filter((part) => part !== null).join(' · ');
}

export function timeLeftWords({ info, progress }: TaskView): string {
  const seconds = progress?.secondsLeft ?? null;
  return info.status === Status.running && seconds !== null ? timeLeft(seconds) : '';
}

/** The plain facts of a task: `18 images · took 3 min 12 s · expires in 2 days`. */
export function factWords({ info, progress }: TaskView, now: number): readonly string[] {
  const ran = info.processingTime < 0 ? null : duration(info.processingTime);
  const expires = progress?.expires ?? null;
  return [
    counted(info.imagesCount, 'image'),
    ran === null ? '' : info.status === Status.running ? `running for ${ran}` : `took ${ran}`,
    expires === null ? '' : `expires ${comingIn(expires - now)}`,
  ].filter((fact) => fact !== '');
}

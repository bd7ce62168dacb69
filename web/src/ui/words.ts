import { Status } from '../node/wire.ts';

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size with three digits at most, in steps of 1024. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }

  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** A number with its noun: `1 image`, `1,204 images`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** A past span of time, exact to two units. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  return days > 0 ? `${days} d ${hours % 24} h`
    : hours > 0 ? `${hours} h ${minutes % 60} min`
    : minutes > 0 ? `${minutes} min ${seconds % 60} s`
    : `${seconds} s`;
}

/** A time still to come, no more exact than an estimate deserves. */
export function timeLeft(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return seconds < 10 ? 'a few seconds left'
    : seconds < 50 ? `about ${Math.ceil(seconds / 10) * 10} seconds left`
    : minutes <= 1 ? 'about a minute left'
    : minutes < 60 ? `about ${minutes} minutes left`
    : `about ${hoursAndMinutes(Math.round(minutes / 5) * 5)} left`;
}

function hoursAndMinutes(minutes: number): string {
  const rest = minutes % 60;
  const hours = counted(Math.floor(minutes / 60), 'hour');
  return rest === 0 ? hours : `${hours} ${rest} minutes`;
}

/** When something will happen, seen from now. */
export function comingIn(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 1 ? 'within a minute'
    : minutes < 90 ? `in ${counted(minutes, 'minute')}`
    : minutes < 36 * 60 ? `in ${counted(Math.round(minutes / 60), 'hour')}`
    : `in ${counted(Math.round(minutes / 1440), 'day')}`;
}

/** A point in time: the clock for today, the date as well for other days. */
export function moment(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const today = date.toDateString() === new Date(now).toDateString();
  return today ? clock : `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${clock}`;
}

export function statusWord(status: number): string {
  switch (status) {
    case Status.queued: return 'Queued';
    case Status.running: return 'Running';
    case Status.failed: return 'Failed';
    case Status.completed: return 'Completed';
    case Status.canceled: return 'Cancelled';
    default: return `Status ${status}`;
  }
}

export function percent(progress: number): string {
  // Rounded down: 100 % means that nothing is left.
  return `${Math.floor(progress)} %`;
}

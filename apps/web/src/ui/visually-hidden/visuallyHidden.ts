import styles from './visually-hidden.module.css';

/** The class of what is heard but not seen. */
export const visuallyHidden: string = styles['hidden']!;

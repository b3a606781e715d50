/** Most handles and tags that one person has, and most letters of a tag. */
export const maxHandles = 30;
export const maxTags = 50;
export const maxTagLength = 60;

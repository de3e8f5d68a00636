/** Prompt packs: templates, rubrics and answers of a guard model, and how they are rendered. */
package io.bingoguard.prompt;

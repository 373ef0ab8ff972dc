#ifndef CFILES_H
#define CFILES_H

// Makes everything that was written to the file system of an open file durable. Returns 0, or -1 with errno set.
int dg_synchronize_file_system(int descriptor);

#endif

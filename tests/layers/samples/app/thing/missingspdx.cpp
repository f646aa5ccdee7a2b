// no header
int x;
